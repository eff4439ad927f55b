"""The answers of the API: one typed description of each.

Responsibility: encode an answer, decode it, and describe it in the OpenAPI document.
Decision: fields are the keys of the JSON, in order. A value of `index.types` is its own description
where its keys are those of the JSON; only what differs has a type here, with a conversion each way.
Must not depend on: Flask, requests or routes; the terminal uses this package too.
"""

# docker build -t dateline . ; docs/deploy.md says how it is run. The environment is made from the lock files, as everywhere.
FROM python:3.11-slim
WORKDIR /opt/dateline
# pip's own, for a mirror; and uv's, for another build of torch than the one for CPUs.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG UV_TORCH_BACKEND
COPY pyproject.toml requirements.lock requirements-install.lock README.md LICENSE ./
COPY archive archive
COPY index index
COPY web web
COPY scripts scripts
COPY docs docs
RUN PIP_NO_CACHE_DIR=1 UV_COMPILE_BYTECODE=1 bash scripts/install/environment.sh run \
    && useradd --create-home dateline && mkdir /archive && chown dateline /archive
USER dateline
ENV DATELINE_HOME=/archive DATELINE_HOST=0.0.0.0 HF_HUB_OFFLINE=1
ENV PATH=/opt/dateline/.venv/bin:$PATH
VOLUME /archive
EXPOSE 8000
# The first index of a large archive takes a while; the first success ends the start period.
HEALTHCHECK --start-period=30m CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=5)"]
CMD ["dateline", "serve"]

"""The server process around the application: WSGI, gunicorn and logs.

Responsibility: create the application for a server, and configure the server and its log.
Decision: what has a setting comes from Dateline's settings; the rest is the server's own.
Must not depend on: the commands.
"""

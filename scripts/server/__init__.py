"""What a server process needs besides the application: WSGI, gunicorn and logs."""

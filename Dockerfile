# docker build -t dateline . ; docs/deploy.md says how it is run. The environment is made from the lock, as everywhere.
FROM python:3.11-slim
WORKDIR /opt/dateline
# pip's own, for a mirror or for a CPU build of torch: --build-arg PIP_EXTRA_INDEX_URL=...
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY archive archive
COPY index index
COPY web web
COPY scripts scripts
COPY docs docs
RUN PIP_NO_CACHE_DIR=1 bash -euc 'ROOT=$PWD; source scripts/environment.sh; ensure_environment' \
    && useradd --create-home dateline && mkdir /archive && chown dateline /archive
USER dateline
ENV DATELINE_HOME=/archive DATELINE_HOST=0.0.0.0 HF_HUB_OFFLINE=1
ENV PATH=/opt/dateline/.venv/bin:$PATH
VOLUME /archive
EXPOSE 8000
HEALTHCHECK --start-period=120s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["dateline", "serve"]

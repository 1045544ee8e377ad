# Not built where Evenkeel is developed (no container engine there): try it before you rely on it.
# For a server that many sign in to (docs/running.md). One person's computer needs no container: `make run`.
FROM python:3.11-slim AS packages
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
# A number of its own, so that a volume's files belong to the same user on every computer.
RUN groupadd --gid 10001 evenkeel \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin evenkeel \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# The running server may write nothing beside the data and /tmp: what Python would keep is made here.
RUN /venv/bin/python -m compileall -q app.py metrics pages
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    EVENKEEL_DATA=/data EVENKEEL_CONFIG=/etc/evenkeel/evenkeel.toml
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/healthz', timeout=3)"]
# Inside the container the server must listen on every address; only the proxy beside it reaches the port.
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true", \
     "--logger.hideWelcomeMessage=true"]

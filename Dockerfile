# Not built where Evenkeel is developed (no container engine there): try it before you rely on it.
FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN useradd --create-home evenkeel && mkdir /data && chown evenkeel /data
USER evenkeel
ENV EVENKEEL_DATA=/data
EXPOSE 8501
HEALTHCHECK CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=3)"
# Inside the container the server must listen on every address; who may reach it is decided outside.
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.headless=true"]

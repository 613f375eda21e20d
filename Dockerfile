# One image for every process of a deployment. It holds no secret, no practice room and nothing that only tests need.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/app PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Each process has a user of its own, so that a file of one (a token, a key, a ring) is closed to the others.
RUN for user in survivors:10001 operators:10002 rounds:10003 migrate:10004; do \
        useradd --system --uid "${user#*:}" --no-create-home --shell /usr/sbin/nologin "${user%:*}" \
        && install --directory --mode 0700 --owner "${user%:*}" "/data/${user%:*}" || exit 1; \
    done

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes --no-deps -r requirements/run.txt
COPY . .

USER 10001
ENTRYPOINT ["python", "-m", "hamroh"]

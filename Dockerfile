# syntax=docker/dockerfile:1
# Yapok as an image: a trimmed JRE, one platform's native libraries, no root, glibc (ONNX Runtime and RocksDB are built for it).
# Build: docker build -t yapok .        Run: docker run --rm yapok --version

FROM eclipse-temurin:25-jdk-noble AS build
# zip takes other platforms' libraries out of jars; locales has what en_US.UTF-8 is made of
RUN apt-get update \
 && apt-get install -y --no-install-recommends zip locales \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 MAVEN_USER_HOME=/m2 ./mvnw -B -ntp -q -Dmaven.repo.local=/m2/repository -DskipTests package -pl app -am
RUN docker/assemble /opt/yapok \
 && localedef --no-archive -i en_US -f UTF-8 /locale

FROM ubuntu:24.04
# libstdc++ is what the native libraries need beyond the base image
RUN apt-get update \
 && apt-get install -y --no-install-recommends libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/yapok --create-home yapok
COPY --from=build /opt/yapok /opt/yapok
# models that normalise strings ask for this locale by name (3 MB)
COPY --from=build /locale /usr/lib/locale/en_US.utf8
USER yapok
WORKDIR /pipelines
# State that a restart on the same machine finds again; an instance without it restores from the changelog.
VOLUME /var/lib/yapok
ENTRYPOINT ["/opt/yapok/bin/yapok"]
CMD ["--help"]

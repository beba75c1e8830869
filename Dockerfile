# The image of Hathor: one static program with the web client inside, and nothing else.
#
#   docker build -t hathor --build-arg VERSION=1.2.3 .
#   docker buildx build --platform linux/amd64,linux/arm64 -t hathor .
#
# Both build stages run on the builder's own machine, whatever the image is for: the client's files are the
# same everywhere, and Go compiles for any machine. A test runs the steps below in plain folders, so RUN names
# no absolute paths.

FROM --platform=$BUILDPLATFORM node:20.20.2-bookworm-slim AS client
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY web/ ./
RUN npm run build

FROM --platform=$BUILDPLATFORM golang:1.26.8-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY cmd/ cmd/
COPY internal/ internal/
COPY web/embed.go web/
COPY --from=client /src/web/dist/ web/dist/
ARG TARGETOS=linux
ARG TARGETARCH
ARG VERSION=dev
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X hathor/internal/cli.version=$VERSION" -o bin/hathor ./cmd/hathor \
    && mkdir bin/data

FROM gcr.io/distroless/static-debian12:nonroot
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Hathor" \
      org.opencontainers.image.description="A self-hosted music platform" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY LICENSE /usr/share/doc/hathor/
COPY --from=server /src/bin/hathor /usr/bin/hathor
COPY --from=server --chown=65532:65532 --chmod=700 /src/bin/data/ /data/
ENV DATA_DIR=/data \
    PORT=5000 \
    LOG_FORMAT=json
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 5000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/usr/bin/hathor", "health"]
ENTRYPOINT ["/usr/bin/hathor"]
CMD ["serve"]

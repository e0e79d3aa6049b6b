#!/bin/bash
# Builds etcd, kube-apiserver and kube-controller-manager as go.mod pins them into the folder $1; some minutes where nothing is cached.
set -e
cd "$(dirname "$0")"
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false
build() { go build -trimpath -ldflags "-s -w" -o "$1" "$2"; }
mkdir -p "$1"
build "$1/etcd" go.etcd.io/etcd/server/v3
build "$1/kube-controller-manager" k8s.io/kubernetes/cmd/kube-controller-manager
build "$1/kube-apiserver.new" k8s.io/kubernetes/cmd/kube-apiserver
mv "$1/kube-apiserver.new" "$1/kube-apiserver"   # the last one tells that all are there

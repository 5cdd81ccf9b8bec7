#!/usr/bin/env bash
# A folder for a machine that has a GPU and a Python with PyTorch, but no .NET: benchmarks/TrainingSpeed with its own .NET, the peer's
# Python files and run.sh. Without libtorch, which the other machine's PyTorch brings. Linux x64.
#
#   benchmarks/gpu/publish.sh [FOLDER]          default: artifacts/gpu
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(realpath -m "${1:-$root/artifacts/gpu}")
limit_mib=64
if [ -n "$(ls -A "$folder" 2>/dev/null)" ] && [ ! -e "$folder/TrainingSpeed" ]; then
    echo "$folder holds something else than an earlier publish: name an empty folder, or one that is not there." >&2
    exit 1
fi

cd "$root"
rm -rf "$folder"
dotnet publish benchmarks/TrainingSpeed -c Release -r linux-x64 -p:GpuKit=true -p:Pix2PixNatives=none -o "$folder" --nologo -v quiet
find "$folder" \( -name '*.pdb' -o -name '*.xml' \) -delete
cp benchmarks/gpu/run.sh "$folder"

size_kib=$(du -sk --apparent-size "$folder" | cut -f1)
echo "$folder: $((size_kib / 1024)) MiB, $(find "$folder" -type f | wc -l) files"
if [ "$size_kib" -gt $((limit_mib * 1024)) ]; then
    echo "That is more than $limit_mib MiB. The largest:" >&2
    find "$folder" -type f -printf '%s %p\n' | sort -rn | head -5 >&2 || true
    exit 1
fi

#!/usr/bin/env bash
# Runs on the machine with the GPU, in the folder that publish.sh made: tests whether that machine's libtorch computes rightly, then
# times steps of training beside PyTorch's, turn by turn. Writes gpu.md to $OUT, or to ./out.
#
#   bash run.sh
#
# From the environment:
#   PYTHON          the Python that has PyTorch             python3
#   DEVICE          cuda or cpu                             cuda
#   LIMIT           seconds for all of it                   540
#   SIZE FILTERS    the images and the networks             256 64
#   BATCHES         pairs in a step                         "1 4 16 64"
#   PRECISIONS      float32, tf32, bf16                     "float32 tf32 bf16"
#   TURNS STEPS     of each side; on CUDA a turn goes on to the end of an epoch, 64 pairs or 8 steps   5 5
#   OWN_ARGUMENTS   for ours: --own-channels-last
#   PEER_ARGUMENTS  for the peer: --channels-last --compile
#   PIX2PIX_LIBTORCH  another libtorch than that of PYTHON
#
# Exit code: 0, or 1 where a self-test or a comparison failed or did not fit into the limit. gpu.md is written in any case.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

python=${PYTHON:-python3} device=${DEVICE:-cuda} limit=${LIMIT:-540}
size=${SIZE:-256} filters=${FILTERS:-64} turns=${TURNS:-5} steps=${STEPS:-5}
read -ra batches <<<"${BATCHES:-1 4 16 64}"
read -ra precisions <<<"${PRECISIONS:-float32 tf32 bf16}"
read -ra arguments <<<"${OWN_ARGUMENTS:-} ${PEER_ARGUMENTS:-}"

die() { echo "$1" >&2; exit 1; }

[ ${#batches[@]} -gt 0 ] && [ ${#precisions[@]} -gt 0 ] || die "BATCHES and PRECISIONS have to name one at least."
for number in "$limit" "$size" "$filters" "$turns" "$steps" "${batches[@]}"; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || die "'$number' is among LIMIT, SIZE, FILTERS, BATCHES, TURNS and STEPS; expected whole numbers from 1."
done
[[ $device =~ ^(cpu|cuda)$ ]] || die "DEVICE is '$device'; expected cpu or cuda."
for precision in "${precisions[@]}"; do
    [[ $precision =~ ^(float32|tf32|bf16)$ ]] || die "'$precision' is among PRECISIONS; expected float32, tf32 and bf16."
done
[ $((size & (size - 1))) -eq 0 ] && [ "$size" -ge 32 ] && [ "$size" -le 1024 ] || die "SIZE is $size; expected a power of two from 32 to 1024."
[ "$limit" -ge 60 ] || die "LIMIT is $limit s; the self-tests alone take half a minute: expected at least 60."

program=$here/TrainingSpeed
[ -f "$program" ] || die "$program is not there: run this in the folder that publish.sh made."
[ -x "$program" ] || chmod +x "$program" || exit 1

torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))') || die "$python has no PyTorch: name one that has in PYTHON."
export PIX2PIX_LIBTORCH=${PIX2PIX_LIBTORCH:-$torch/lib}

out=${OUT:-$PWD/out}
mkdir -p "$out" || exit 1
report=$out/gpu.md
log=$out/run.log
: >"$log"
status=0

left() { echo $((limit - SECONDS)); }

# Runs a command within what is left of the time; its output goes to the report, what it complains of as well if it fails.
reported() {
    local rest code errors
    rest=$(left)
    if [ "$rest" -lt 10 ]; then
        printf '\nNot run: the limit of %s s was reached.\n' "$limit" >>"$report"
        status=1
        return
    fi
    errors=$(mktemp)
    timeout --kill-after=5 "$rest" "$@" >>"$report" 2>"$errors"
    code=$?
    sed -i '/NNPACK/d' "$errors" # libtorch says hundreds of times that a processor has no use for it
    cat "$errors" >>"$log"
    if [ "$code" -ne 0 ]; then
        { printf '\nFailed with exit code %s (124: out of time):\n\n' "$code"; tail -n 20 "$errors" | sed 's/^/    /'; } >>"$report"
        status=1
    fi
    rm -f "$errors"
}

gpu=$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null | head -n 1)
{
    printf '# Steps of training on %s\n\n' "$device"
    printf -- '- %s\n' "$(date -u '+%Y-%m-%d %H:%M UTC')"
    printf -- '- processor: %s, %s threads\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)"
    printf -- '- GPU: %s\n' "$gpu"
    printf -- '- libtorch: `%s`\n' "$PIX2PIX_LIBTORCH"
    printf '\n## Self-tests\n\n```\n'
} >"$report"
reported "$program" check --device "$device"
printf '```\n' >>"$report"

if [ "$status" -eq 0 ]; then
    for precision in "${precisions[@]}"; do
        printf '\n## %s\n' "$precision" >>"$report"
        for batch in "${batches[@]}"; do
            echo >>"$report"
            reported "$program" --device "$device" --precision "$precision" --size "$size" --filters "$filters" --batch "$batch" \
                --turns "$turns" --steps "$steps" --python "$python" ${arguments[@]+"${arguments[@]}"}
        done
    done
else
    printf '\nNothing is compared on a libtorch that fails the self-tests.\n' >>"$report"
fi

printf '\n%s s in all.\n' "$SECONDS" >>"$report"
cat "$report"
exit "$status"

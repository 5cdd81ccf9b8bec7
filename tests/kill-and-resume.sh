#!/usr/bin/env bash
# Kills a small training with SIGKILL at random moments, also while it writes a checkpoint, and goes on until it is done: the weights
# must be those of an undisturbed training, bit for bit.
#   tests/kill-and-resume.sh [kills, 20] [filters, 16] [epochs of five steps, 12]
set -euo pipefail
cd "$(dirname "$0")/.."

kills=${1:-20} filters=${2:-16} epochs=${3:-12}
dotnet build -c Release -v quiet tests/KillProbe
probe=(dotnet tests/KillProbe/bin/Release/net10.0/KillProbe.dll)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

milliseconds() { date +%s%3N; }
hash_of() { grep -a '^hash=' "$1" || { echo "The training failed:" >&2; cat "$1" >&2; exit 1; }; }

begin=$(milliseconds)
"${probe[@]}" "$work/undisturbed" "$filters" "$epochs" >"$work/log" 2>&1 || true
expected=$(hash_of "$work/log")
whole=$(($(milliseconds) - begin))
size=$(stat -c %s "$(ls "$work"/undisturbed/checkpoint-*.safetensors | tail -1)")
echo "Undisturbed: $whole ms, $((5 * epochs)) steps, a checkpoint of $((size / 1000)) kB after each."

: >"$work/known"
killed=0 torn=0 trainings=0 different=0
while [ "$killed" -lt "$kills" ]; do
    trainings=$((trainings + 1))
    folder=$work/$trainings
    while :; do
        "${probe[@]}" "$folder" "$filters" "$epochs" >"$work/log" 2>&1 &
        process=$!
        if [ "$killed" -lt "$kills" ]; then
            # Any moment of its life, also before its first step and while it resumes.
            wait_ms=$(((RANDOM * 32768 + RANDOM) % whole))
            sleep "$((wait_ms / 1000)).$(printf '%03d' $((wait_ms % 1000)))"
            # Every other one waits for the next write: a write is short.
            if [ $((killed % 2)) -eq 1 ]; then
                until compgen -G "$folder/*.tmp" >/dev/null || ! kill -0 "$process" 2>/dev/null; do :; done
            fi
            if kill -9 "$process" 2>/dev/null; then
                wait "$process" 2>/dev/null || true
                killed=$((killed + 1))
                # New ones alone: a process that is killed before it cleans up leaves those of the one before it.
                find "$folder" -name '*.tmp' 2>/dev/null | sort >"$work/left" || true
                left=$(comm -13 "$work/known" "$work/left" | wc -l)
                mv "$work/left" "$work/known"
                torn=$((torn + left))
                echo "Kill $killed after $wait_ms ms, at $(grep -ac '^step=' "$work/log" || true) steps of this process, $left half-written."
                continue
            fi
        fi
        wait "$process" || true
        break
    done
    [ "$(hash_of "$work/log")" = "$expected" ] || { different=$((different + 1)); echo "Training $trainings differs: $folder"; }
    rm -rf "$folder"
done

echo "$killed kills, $torn of them within the write of a checkpoint; $trainings trainings went on to their end, $different of them differ."
[ "$different" -eq 0 ]

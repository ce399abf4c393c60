#!/usr/bin/env bash
# Measures the audio of the demo: every file must be known to ffprobe, be no
# silence, not clip, and all together must stay under 1.5 MB.
set -euo pipefail
cd "$(dirname "$0")"

failed=0
complain() {
	echo "$*" >&2
	failed=1
}

for file in audio/*; do
	read_as=()
	case "$file" in
	*.raw) read_as=(-f s16le -ar 8000 -ac 1) ;;
	*.gsm) read_as=(-f gsm) ;;
	esac
	facts=$(ffprobe -v error "${read_as[@]}" -show_entries stream=codec_name,sample_rate,channels:format=duration -of csv=p=0 "$file" | paste -sd, -)
	[ -n "$facts" ] || complain "$file: not recognised"
	levels=$(ffmpeg -nostdin -hide_banner -nostats "${read_as[@]}" -i "$file" -af volumedetect -f null - 2>&1)
	mean=$(awk '/mean_volume/ { print $5 }' <<<"$levels")
	peak=$(awk '/max_volume/ { print $5 }' <<<"$levels")
	printf '%-36s %7d bytes  %-36s mean %6s dB  peak %5s dB\n' "$file" "$(wc -c <"$file")" "$facts" "$mean" "$peak"
	awk -v mean="$mean" 'BEGIN { exit !(mean > -35) }' || complain "$file: too quiet"
	awk -v peak="$peak" 'BEGIN { exit !(peak < -0.5) }' || complain "$file: clips"
done
total=$(cat audio/* | wc -c)
echo "together: $total bytes in $(find audio -type f | wc -l) files"
[ "$total" -lt 1500000 ] || complain "together over 1.5 MB"
exit "$failed"

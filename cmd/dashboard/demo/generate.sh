#!/usr/bin/env bash
# Makes the audio of the demo, and manifest.json, from recordings.tsv and
# presets.tsv. See README.md for what it needs. It is the same sound at every
# run: neither speech nor music uses chance that is not seeded.
set -euo pipefail
cd "$(dirname "$0")"

for tool in go espeak-ng sox ffmpeg opusenc jq; do
	command -v "$tool" >/dev/null || { echo "generate.sh: $tool is missing; see README.md" >&2; exit 1; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/compose" ./music

# speak VOICE TEXT FILE: speech, calm and clear as on the phone.
speak() {
	espeak-ng -v "$1" -s 138 -g 3 -w "$scratch/speech.wav" -- "$2"
	sox -R "$scratch/speech.wav" -r 44100 -c 2 "$3" gain -6 highpass 140 treble -4 pad 0.15 0.25
}

# source_of VOICE MUSIC TEXT FILE: speech, or music, or speech over soft music.
source_of() {
	case "$1/$2" in
	-/*) "$scratch/compose" "$2" "$4" ;;
	*/-) speak "$1" "$3" "$4" ;;
	*)
		speak "$1" "$3" "$scratch/voice.wav"
		"$scratch/compose" "$2" "$scratch/music.wav"
		sox -R "$scratch/voice.wav" "$scratch/late.wav" norm -6 pad 1.2 1.5
		sox -R "$scratch/music.wav" "$scratch/soft.wav" norm -24 trim 0 "$(soxi -D "$scratch/late.wav")" fade t 0.1 0 1.2
		sox -R -m -v 1 "$scratch/late.wav" -v 1 "$scratch/soft.wav" "$4"
		;;
	esac
}

# level FILE RATE CHANNELS: resampled, as loud as all the others (-20 LUFS) and
# never near clipping, also after lossy coding.
level() {
	sox -R -G "$1" -r "$2" -c "$3" -b 16 "$scratch/resampled.wav"
	local loudness
	loudness=$(ffmpeg -nostdin -hide_banner -nostats -i "$scratch/resampled.wav" -af apad=pad_dur=0.5,ebur128 -f null - 2>&1 |
		awk '$1 == "I:" { value = $2 } END { print value }')
	ffmpeg -nostdin -hide_banner -loglevel error -y -i "$scratch/resampled.wav" -bitexact \
		-af "volume=$(awk -v i="$loudness" 'BEGIN { print -20 - i }')dB,alimiter=limit=0.6:level=false" \
		-ar "$2" -c:a pcm_s16le "$scratch/level.wav"
}

# encode ENCODING SOURCE TARGET: the target is without its ending, which is
# left in $ending.
encode() {
	local rate=8000 channels=1 master="$scratch/level.wav"
	case "$1" in
	mp3-44-stereo) rate=44100 channels=2 ;;
	*-44) rate=44100 ;;
	ogg-opus) rate=16000 ;;
	esac
	ending=${1%%-*}
	[ "$ending" != aifc ] || ending=aiff
	level "$2" "$rate" "$channels"
	case "$1" in
	mp3) lossy "$master" "$3.mp3" libmp3lame -b:a 16k ;;
	mp3-44) lossy "$master" "$3.mp3" libmp3lame -b:a 32k ;;
	mp3-44-stereo) lossy "$master" "$3.mp3" libmp3lame -b:a 48k ;;
	ogg) lossy "$master" "$3.ogg" libvorbis -q:a 0 ;;
	ogg-44) lossy "$master" "$3.ogg" libvorbis -q:a -1 ;;
	ogg-opus) opusenc --quiet --bitrate 14 --serial 1 "$master" "$3.ogg" ;;
	wav) sox -R "$master" "$3.wav" ;;
	wav-mulaw) sox -R "$master" -e mu-law "$3.wav" ;;
	wav-alaw) sox -R "$master" -e a-law "$3.wav" ;;
	wav-gsm) sox -R "$master" -e gsm-full-rate "$3.wav" ;;
	wav-ima) sox -R "$master" -e ima-adpcm "$3.wav" ;;
	au) sox -R "$master" -e mu-law "$3.au" ;;
	au-pcm) sox -R "$master" "$3.au" ;;
	aiff) sox -R "$master" "$3.aiff" ;;
	aifc) lossy "$master" "$3.aiff" pcm_mulaw -f aiff ;;
	gsm) sox -R "$master" "$3.gsm" ;;
	raw) sox -R "$master" -t raw -e signed -b 16 -L "$3.raw" ;;
	*) echo "generate.sh: no encoding $1" >&2; return 1 ;;
	esac
}

# lossy SOURCE TARGET CODEC OPTION...
lossy() {
	local source=$1 target=$2 codec=$3
	shift 3
	ffmpeg -nostdin -hide_banner -loglevel error -y -i "$source" -map_metadata -1 -fflags +bitexact -flags:a +bitexact -c:a "$codec" "$@" "$target"
}

# all TABLE PREFIX: makes every line of a table, and prints what the manifest
# says of it, one JSON object a line.
all() {
	local number=0 key encoding voice music name text ending
	while IFS=$'\t' read -r key encoding voice music name text; do
		number=$((number + 1))
		local file
		file=audio/$2$(printf %02d "$number")
		[ "$1" != recordings.tsv ] || file=$file-$key
		source_of "$voice" "$music" "$text" "$scratch/source.wav"
		encode "$encoding" "$scratch/source.wav" "$file"
		jq -nc --arg key "$key" --arg file "$file.$ending" --arg name "$name" --arg format "$ending" '$ARGS.named'
	done < <(tail -n +2 "$1")
}

rm -rf audio
mkdir audio
all recordings.tsv "" >"$scratch/files"
all presets.tsv preset- >"$scratch/presets"
jq -n --slurpfile files "$scratch/files" --slurpfile presets "$scratch/presets" '{
	files: [$files[] | {file, name, format}],
	presets: [$presets[] | {id: .key, file, name}]
}' >manifest.json
./check.sh

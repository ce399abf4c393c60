#!/bin/sh
# Makes the files of this folder and prints the SHA-256 of the sound that each preview must hold.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
for l in ru en; do
	case $l in ru) text="Здравствуйте! Вы позвонили в нашу компанию." ;; en) text="Please hold the line, thank you." ;; esac
	espeak-ng -v $l "$text" -w "$work/$l.wav"
	sox -D "$work/$l.wav" -r 8000 -c 1 -b 16 "$work/$l-8k.wav"
done
sox -D -M "$work/ru-8k.wav" "$work/en-8k.wav" "$work/speech.wav" trim 0.5 1.0015
sox -D "$work/speech.wav" "$work/short.wav" trim 0.2 0.0815

expect() { # file, then how SoX writes the sound of its preview
	file=$1
	shift
	printf '%s %s\n' "$file" "$(sox -D "$file" -t raw "$@" -L - | sha256sum | cut -d' ' -f1)"
}
for bits in 8 16 24 32; do
	sox -D "$work/short.wav" -e signed-integer -b $bits pcm$bits.aiff
	sox -D "$work/short.wav" -e signed-integer -b $bits pcm$bits.au
	encoding=signed-integer
	if [ $bits = 8 ]; then encoding=unsigned-integer; fi
	expect pcm$bits.aiff -e $encoding -b $bits
	expect pcm$bits.au -e $encoding -b $bits
done
for bits in 32 64; do
	ffmpeg -v error -y -i "$work/short.wav" -c:a pcm_f${bits}be float$bits.aiff
	sox -D "$work/short.wav" -e floating-point -b $bits float$bits.au
	expect float$bits.au -e floating-point -b $bits
	printf 'float%s.aiff %s\n' $bits \
		"$(ffmpeg -v error -i float$bits.aiff -c:a pcm_f${bits}le -f f${bits}le - | sha256sum | cut -d' ' -f1)"
done
ffmpeg -v error -y -i "$work/short.wav" -c:a pcm_s16le sowt.aiff
expect sowt.aiff -e signed-integer -b 16
for law in a mu; do
	sox -D "$work/short.wav" -e $law-law ${law}law.au
	ffmpeg -v error -y -i ${law}law.au -c:a copy ${law}law.aiff
	for ending in au aiff; do
		sum=$(ffmpeg -v error -i ${law}law.$ending -c:a copy -f ${law}law - | sha256sum | cut -d' ' -f1)
		printf '%slaw.%s %s\n' $law $ending "$sum"
	done
done
sox -D "$work/speech.wav" -c 1 -e ima-adpcm ima-mono.wav
sox -D "$work/speech.wav" -e ima-adpcm ima-stereo.wav
for channels in mono stereo; do # less the filling of the last block, which SoX plays
	printf 'ima-%s.wav %s\n' $channels \
		"$(sox -D ima-$channels.wav -t raw -e signed-integer -b 16 -L - trim 0 8012s | sha256sum | cut -d' ' -f1)"
done
rm -r "$work"
for channels in 1 2; do
	case $channels in 1) file=ms-mono.wav ;; 2) file=ms-stereo.wav ;; esac
	ffmpeg -v error -y -i pcm16.au -ac $channels -c:a adpcm_ms -block_size 256 -fflags +bitexact -flags:a +bitexact $file
	printf '%s %s\n' $file "$(ffmpeg -v error -i $file -f s16le - | sha256sum | cut -d' ' -f1)"
done

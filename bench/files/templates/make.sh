#!/bin/sh
# Encodes the sound that generated files are made of: 1.6 s of a triangle wave in two channels, which FLAC packs well.
# Wants ffmpeg (Debian package: ffmpeg). The files are kept, so that a library is the same on every machine.
set -eu
cd "$(dirname "$0")"
sound='aevalsrc=(abs(mod(n\,200)-100)-50)*8/32768|(abs(mod(n\,200)-100)-50)*8/32768:s=44100:d=1.6'
encode() {
	name=$1
	shift
	ffmpeg -v error -y -f lavfi -i "$sound" -ac 2 -map_metadata -1 -fflags +bitexact -flags:a +bitexact "$@" "$name"
}
encode sound.flac -c:a flac -compression_level 12 -sample_fmt s16
encode cbr.mp3 -c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0 -reservoir 0
encode vbr.mp3 -c:a libmp3lame -q:a 8 -id3v2_version 0
encode long.mp3 -c:a libmp3lame -b:a 320k -write_xing 0 -id3v2_version 0 -reservoir 0 -t 0.6
encode sound.opus -c:a libopus -b:a 32k
encode sound.ogg -c:a libvorbis -q:a 0
encode sound.m4a -c:a aac -b:a 48k

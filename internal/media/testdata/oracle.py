"""Writes tags with mutagen, and says what mutagen and TagLib read in a file. A job a line on standard input,
as JSON; an answer a line on standard output. Fields go by their names in Vorbis comments."""

import base64, hashlib, json, sys

import mutagen, taglib
from mutagen import aiff, apev2, asf, dsf, flac, id3, mp3, mp4, monkeysaudio, musepack, oggopus, oggvorbis, trueaudio, wave, wavpack

TEXTS = {
    "TITLE": "TIT2", "ARTIST": "TPE1", "ALBUMARTIST": "TPE2", "ALBUM": "TALB", "GENRE": "TCON", "TRACKNUMBER": "TRCK",
    "DISCNUMBER": "TPOS", "DATE": "TDRC", "ORIGINALDATE": "TDOR", "COMPILATION": "TCMP", "TITLESORT": "TSOT",
    "ARTISTSORT": "TSOP", "ALBUMSORT": "TSOA", "ALBUMARTISTSORT": "TSO2", "COMPOSER": "TCOM", "REMIXER": "TPE4",
}
FREE = {
    "MUSICBRAINZ_TRACKID": "MusicBrainz Track Id", "MUSICBRAINZ_ALBUMID": "MusicBrainz Album Id",
    "MUSICBRAINZ_ARTISTID": "MusicBrainz Artist Id", "MUSICBRAINZ_ALBUMARTISTID": "MusicBrainz Album Artist Id",
    "MUSICBRAINZ_RELEASEGROUPID": "MusicBrainz Release Group Id", "RELEASETYPE": "MusicBrainz Album Type",
}
ATOMS = {
    "TITLE": "\xa9nam", "ARTIST": "\xa9ART", "ALBUMARTIST": "aART", "ALBUM": "\xa9alb", "GENRE": "\xa9gen", "DATE": "\xa9day",
    "LYRICS": "\xa9lyr", "COMPOSER": "\xa9wrt", "TITLESORT": "sonm", "ARTISTSORT": "soar", "ALBUMSORT": "soal", "ALBUMARTISTSORT": "soaa",
}
APE = {"TRACKNUMBER": "Track", "DISCNUMBER": "Disc", "DATE": "Year", "ALBUMARTIST": "Album Artist", "REMIXER": "MixArtist", "RELEASETYPE": "MUSICBRAINZ_ALBUMTYPE"}
ASF = {
    "TITLE": "Title", "ARTIST": "Author", "ALBUM": "WM/AlbumTitle", "ALBUMARTIST": "WM/AlbumArtist", "GENRE": "WM/Genre",
    "TRACKNUMBER": "WM/TrackNumber", "DISCNUMBER": "WM/PartOfSet", "DATE": "WM/Year", "COMPOSER": "WM/Composer",
    "TITLESORT": "WM/TitleSortOrder", "ALBUMSORT": "WM/AlbumSortOrder", "ARTISTSORT": "WM/ArtistSortOrder",
    "ALBUMARTISTSORT": "WM/AlbumArtistSortOrder", "LYRICS": "WM/Lyrics", "COMPILATION": "WM/IsCompilation",
    "REMIXER": "WM/ModifiedBy", "ORIGINALDATE": "WM/OriginalReleaseYear", "ARTISTS": "WM/ARTISTS",
    "MUSICBRAINZ_TRACKID": "MusicBrainz/Track Id", "MUSICBRAINZ_ALBUMID": "MusicBrainz/Album Id",
    "MUSICBRAINZ_ARTISTID": "MusicBrainz/Artist Id", "MUSICBRAINZ_ALBUMARTISTID": "MusicBrainz/Album Artist Id",
    "MUSICBRAINZ_RELEASEGROUPID": "MusicBrainz/Release Group Id", "RELEASETYPE": "MusicBrainz/Album Type",
}
OF_FREE = {v.upper(): k for k, v in FREE.items()}
TOTALS = {"TRACKNUMBER": "TRACKTOTAL", "DISCNUMBER": "DISCTOTAL"}


def number(tags, name):
    values = tags.get(name, [])
    total = tags.get(TOTALS.get(name), [])
    return [values[0] + "/" + total[0]] if values and total else values


def to_id3(job, frames):
    tags, enc = job["tags"], job.get("encoding", 3)
    for name, values in tags.items():
        if name in TEXTS:
            values = number(tags, name) if name in TOTALS else values
            frames.add(id3.Frames[TEXTS[name]](encoding=enc, text=values))
        elif name == "LYRICS":
            frames.add(id3.USLT(encoding=enc, lang="eng", desc="", text=values[0]))
        elif name == "MUSICBRAINZ_TRACKID":
            frames.add(id3.UFID(owner="http://musicbrainz.org", data=values[0].encode()))
        elif name not in TOTALS.values():
            frames.add(id3.TXXX(encoding=enc, desc=FREE.get(name, name), text=values))
    if job.get("sung"):
        frames.add(id3.SYLT(encoding=enc, lang="eng", format=2, type=1, desc="", text=[tuple(p) for p in job["sung"]]))
    for p in job.get("pictures", []):
        frames.add(id3.APIC(encoding=enc, mime="image/jpeg", type=p["kind"], desc=str(p["kind"]), data=blob(p)))


def blob(picture):
    return base64.b64decode(picture["data"])


def flac_picture(p):
    pic = flac.Picture()
    pic.type, pic.mime, pic.data = p["kind"], "image/jpeg", blob(p)
    return pic


def write_id3(job):
    f = mutagen.File(job["path"])
    if f.tags is None:
        f.add_tags()
    to_id3(job, f.tags)
    if job["kind"] == "id3v23":
        f.tags.update_to_v23()
    how = {"v2_version": 3 if job["kind"] == "id3v23" else 4}
    if isinstance(f, mp3.MP3):
        how["v1"] = 2 if job.get("v1") else 0
    f.save(job["path"], **how)


def write_vorbis(job):
    f = mutagen.File(job["path"])
    f.delete()
    f = mutagen.File(job["path"])
    if f.tags is None:
        f.add_tags()
    for name, values in job["tags"].items():
        f.tags[name] = values
    for p in job.get("pictures", []):
        if isinstance(f, flac.FLAC):
            f.add_picture(flac_picture(p))
        else:
            f["METADATA_BLOCK_PICTURE"] = f.get("METADATA_BLOCK_PICTURE", []) + [base64.b64encode(flac_picture(p).write()).decode()]
    f.save()


def write_mp4(job):
    f, tags = mp4.MP4(job["path"]), job["tags"]
    f.delete()
    f = mp4.MP4(job["path"])
    if f.tags is None:
        f.add_tags()
    for name, values in tags.items():
        if name in ATOMS:
            f[ATOMS[name]] = values
        elif name in TOTALS:
            f["trkn" if name == "TRACKNUMBER" else "disk"] = [(int(values[0]), int(tags.get(TOTALS[name], ["0"])[0]))]
        elif name == "COMPILATION":
            f["cpil"] = values == ["1"]
        elif name not in TOTALS.values():
            f["----:com.apple.iTunes:" + FREE.get(name, name)] = [v.encode() for v in values]
    if job.get("pictures"):
        f["covr"] = [mp4.MP4Cover(blob(p), mp4.MP4Cover.FORMAT_JPEG) for p in job["pictures"]]
    f.save()


def write_ape(job):
    try:
        f = apev2.APEv2(job["path"])
    except apev2.APENoHeaderError:
        f = apev2.APEv2()
    for name, values in job["tags"].items():
        values = number(job["tags"], name) if name in TOTALS else values
        if name not in TOTALS.values():
            f[APE.get(name, name)] = apev2.APETextValue("\0".join(values), 0)
    for p in job.get("pictures", []):
        name = {3: "Cover Art (Front)", 8: "Cover Art (Artist)"}.get(p["kind"], "Cover Art (Back)")
        f[name] = apev2.APEValue(b"cover.jpg\0" + blob(p), apev2.BINARY)
    f.save(job["path"])


def write_asf(job):
    f = asf.ASF(job["path"])
    f.tags.clear()
    for name, values in job["tags"].items():
        values = number(job["tags"], name) if name in TOTALS else values
        if name not in TOTALS.values():
            f[ASF.get(name, name)] = values
    f.save()


WRITERS = {"id3v24": write_id3, "id3v23": write_id3, "vorbis": write_vorbis, "mp4": write_mp4, "ape": write_ape, "asf": write_asf}


def from_id3(tags, fields, pictures):
    of = {v: k for k, v in TEXTS.items()}
    for key, frame in tags.items():
        if frame.FrameID in of:
            values = frame.genres if frame.FrameID == "TCON" else [str(t) for t in frame.text]
            fields[of[frame.FrameID]] = values
        elif frame.FrameID == "TXXX":
            name = frame.desc.upper()
            fields[OF_FREE.get(name, name)] = [str(t) for t in frame.text]
        elif frame.FrameID == "USLT":
            fields["LYRICS"] = [frame.text]
        elif frame.FrameID == "SYLT":
            fields["SUNG"] = ["%d %s" % (at, text) for text, at in frame.text]
        elif frame.FrameID == "UFID":
            fields["MUSICBRAINZ_TRACKID"] = [frame.data.decode()]
        elif frame.FrameID == "APIC":
            pictures.append((int(frame.type), frame.data))


def from_vorbis(f, fields, pictures):
    for name, value in f.tags or []:
        fields.setdefault(name.upper(), []).append(value)
    for text in fields.pop("METADATA_BLOCK_PICTURE", []):
        p = flac.Picture(base64.b64decode(text))
        pictures.append((int(p.type), p.data))
    if isinstance(f, flac.FLAC):
        pictures += [(int(p.type), p.data) for p in f.pictures]


def from_mp4(tags, fields, pictures):
    of = {v: k for k, v in ATOMS.items()}
    for name, values in tags.items():
        if name in of:
            fields[of[name]] = values
        elif name in ("trkn", "disk"):
            fields["TRACKNUMBER" if name == "trkn" else "DISCNUMBER"] = ["%d/%d" % values[0]]
        elif name == "cpil":
            fields["COMPILATION"] = ["1" if values else "0"]
        elif name == "covr":
            pictures += [(3, bytes(v)) for v in values]
        elif name.startswith("----:"):
            name = name.split(":")[-1].upper()
            fields[OF_FREE.get(name, name)] = [bytes(v).decode() for v in values]


def from_ape(tags, fields, pictures):
    of = {v.upper(): k for k, v in APE.items()}
    for name, value in tags.items():
        name = name.upper()
        if value.kind == apev2.TEXT:
            fields[of.get(name, name)] = list(value)
        elif name.startswith("COVER ART"):
            kind = {"COVER ART (FRONT)": 3, "COVER ART (ARTIST)": 8}.get(name, 4)
            pictures.append((kind, value.value.split(b"\0", 1)[1]))


def from_asf(tags, fields):
    of = {v: k for k, v in ASF.items()}
    for name, value in tags:
        fields.setdefault(of.get(name, name.upper()), []).append(str(value))


def ape_behind(path, f):
    """An MP3 without ID3v2 may have an APEv2 tag, which mutagen reads when it is asked for one."""
    if f.tags is not None and f.tags.version >= (2, 0, 0):
        return False
    try:
        return bool(apev2.APEv2(path))
    except apev2.APENoHeaderError:
        return False


def by_mutagen(path):
    f = mutagen.File(path)
    fields, pictures, i = {}, [], f.info
    if isinstance(f, mp3.MP3) and ape_behind(path, f):
        from_ape(apev2.APEv2(path), fields, pictures)
    elif isinstance(f, (flac.FLAC, oggvorbis.OggVorbis, oggopus.OggOpus)):
        from_vorbis(f, fields, pictures)
    elif isinstance(f.tags, id3.ID3):
        from_id3(f.tags, fields, pictures)
    elif isinstance(f, mp4.MP4):
        from_mp4(f.tags or {}, fields, pictures)
    elif isinstance(f.tags, apev2.APEv2):
        from_ape(f.tags, fields, pictures)
    elif isinstance(f, asf.ASF):
        from_asf(f.tags, fields)
    return {
        "fields": fields, "length": i.length, "sampleRate": getattr(i, "sample_rate", 0), "channels": int(getattr(i, "channels", 0)),
        "bits": getattr(i, "bits_per_sample", 0) or 0, "bitRate": (getattr(i, "bitrate", 0) or 0) / 1000,
        "pictures": [{"kind": kind, "hash": hashlib.sha256(data).hexdigest()} for kind, data in pictures],
    }


def by_taglib(path):
    f = taglib.File(path)
    fields = {OF_FREE.get(k, k): list(v) for k, v in f.tags.items()}
    return {"fields": fields, "length": f.length, "sampleRate": f.sampleRate, "channels": f.channels, "bitRate": f.bitrate}


def attempt(read, path):
    try:
        return read(path)
    except Exception as e:  # what an oracle cannot read is an answer too
        return {"failure": "%s: %s" % (type(e).__name__, e)}


for line in sys.stdin:
    job = json.loads(line)
    if job.get("kind"):
        WRITERS[job["kind"]](job)
        answer = {}
    else:
        answer = {"mutagen": attempt(by_mutagen, job["path"]), "taglib": attempt(by_taglib, job["path"])}
    print(json.dumps(answer), flush=True)

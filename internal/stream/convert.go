package stream

import (
	"context"
	"errors"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// Ability is what the server can convert songs to. Lack says why it is nothing.
type Ability struct {
	Offers []Offer
	Lack   string
}

// Ability tells what songs can be converted to.
func (s *Service) Ability() Ability {
	if s.renditions == nil {
		return Ability{Lack: s.lack}
	}
	a := Ability{}
	for _, o := range offers {
		if s.renditions.encoder.Makes(o.Codec) {
			a.Offers = append(a.Offers, o)
		}
	}
	if len(a.Offers) == 0 {
		a.Lack = "ffmpeg on this server has none of the encoders"
	}
	return a
}

// Rendition is a converted song: File when it is there whole, Live while it is being made, neither when it was only
// asked about. Whoever got it closes it.
type Rendition struct {
	library.SongFile
	Want     Want
	File     File
	Live     *Follower
	Tag      string // names the bytes, without the original's being read
	Estimate int64  // bytes it hardly exceeds
}

// Close ends the use of it.
func (r Rendition) Close() error {
	if r.Live != nil {
		r.Live.Close()
	}
	if r.File != nil {
		return r.File.Close()
	}
	return nil
}

func (s *Service) unable(w Want) error {
	a := s.Ability()
	for _, o := range a.Offers {
		if o.Codec == w.Codec {
			return nil
		}
	}
	if a.Lack == "" {
		a.Lack = "ffmpeg on this server has no encoder for it"
	}
	return fault.Newf(fault.Unsupported, "transcoding_unavailable", "Songs cannot be converted to %s: %s", w.Codec, a.Lack)
}

// Convert opens a converted song from a byte on, and has it made where it is not there. It waits for the first byte.
// Faults are those of OpenSong, RateLimited while too many are converted, and Unsupported where songs cannot be, or for
// one that ffmpeg cannot read. ctx lasts as long as the rendition is used.
func (s *Service) Convert(ctx context.Context, scope library.Scope, id library.SongID, want Want, from int64) (Rendition, error) {
	made, o, err := s.order(ctx, scope, id, want)
	if err != nil {
		return Rendition{}, err
	}
	o.from = from
	file, live, err := s.renditions.follow(ctx, o)
	if err != nil {
		return Rendition{}, err
	}
	if file != nil {
		made.File = file
		return made, nil
	}
	if have, _, err := live.Reach(0); err != nil || have == 0 {
		live.Close()
		if ctx.Err() != nil {
			return Rendition{}, ctx.Err()
		}
		return Rendition{}, errUnconvertible.Because(err)
	}
	made.Live = live
	return made, nil
}

// Look is Convert without having anything made.
func (s *Service) Look(ctx context.Context, scope library.Scope, id library.SongID, want Want) (Rendition, error) {
	made, o, err := s.order(ctx, scope, id, want)
	if err != nil {
		return Rendition{}, err
	}
	if file := s.renditions.cache.find(o.name); file != nil {
		made.File = file
	}
	return made, o.source.File.Close()
}

// order finds out what is wanted of which bytes; the song's file is open in it.
func (s *Service) order(ctx context.Context, scope library.Scope, id library.SongID, want Want) (Rendition, order, error) {
	if err := s.unable(want); err != nil {
		return Rendition{}, order{}, err
	}
	song, err := s.OpenSong(ctx, scope, id)
	if err != nil {
		return Rendition{}, order{}, err
	}
	if err := want.within(song.Duration); err != nil {
		return Rendition{}, order{}, errors.Join(err, song.File.Close())
	}
	name := want.name(song, s.renditions.encoder.Version())
	made := Rendition{SongFile: song.SongFile, Want: want, Tag: file(name), Estimate: want.Estimate(song.Duration)}
	return made, order{name: name, want: want, source: Source{
		File: song.File, Format: song.Format, Duration: song.Duration, SampleRate: song.SampleRate, Channels: song.Channels,
		Size: song.Size, ModifiedAt: song.ModifiedAt,
	}}, nil
}

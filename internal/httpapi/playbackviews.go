package httpapi

import (
	"math"
	"time"

	"hathor/internal/library"
	"hathor/internal/playback"
)

type stemsView struct {
	Vocals bool `json:"vocals"`
	Drums  bool `json:"drums"`
	Bass   bool `json:"bass"`
	Other  bool `json:"other"`
}

type queueItemView struct {
	SongID  int64  `json:"songId" minimum:"1"`
	EntryID *int64 `json:"entryId,omitempty" nullable:"true" minimum:"1" doc:"Names this place in the queue. The server gives it; sent with a whole queue it is kept where it named the same song before"`
}

type transferView struct {
	To string    `json:"to" doc:"The device that is to take over"`
	ID string    `json:"id" doc:"Tells two requests apart"`
	At time.Time `json:"at"`
}

// PlaybackNow is the playback state without its queue.
type PlaybackNow struct {
	Revision       int64         `json:"revision" minimum:"0" doc:"Grows with each write, 0 before the first"`
	QueueRevision  int64         `json:"queueRevision" minimum:"0" doc:"The revision at which the queue last changed"`
	CurrentSongID  *int64        `json:"currentSongId"`
	Position       int64         `json:"position" doc:"Milliseconds, true at positionAt"`
	PositionAt     *time.Time    `json:"positionAt" doc:"When position was true; a song that plays is by serverTime - positionAt, times playbackSpeed, further. null before the first write"`
	ServerTime     time.Time     `json:"serverTime" doc:"When this was read, by the clock of positionAt"`
	IsPlaying      bool          `json:"isPlaying"`
	Volume         float64       `json:"volume" minimum:"0" maximum:"1"`
	PlaybackSpeed  float64       `json:"playbackSpeed" minimum:"0.5" maximum:"2"`
	PitchShift     float64       `json:"pitchShift" minimum:"-12" maximum:"12" doc:"Semitones"`
	StemsConfig    stemsView     `json:"stemsConfig"`
	QueueIndex     *int          `json:"queueIndex" doc:"Where in the queue, null for nowhere"`
	CurrentEntryID *int64        `json:"currentEntryId" doc:"The entry at queueIndex"`
	Repeat         string        `json:"repeat" enum:"off,all,one"`
	Shuffle        bool          `json:"shuffle"`
	ActiveDeviceID *string       `json:"activeDeviceId" doc:"The device that plays, null for none"`
	WrittenBy      *string       `json:"writtenBy" doc:"The device that wrote this revision, null where it named none"`
	Transfer       *transferView `json:"transfer" doc:"A device is asked to take over, null for none"`
	UpdatedAt      *time.Time    `json:"updatedAt" doc:"null before the first write"`
}

type playbackStateView struct {
	PlaybackNow
	Queue []queueItemView `json:"queue" nullable:"false"`
}

func viewNow(s playback.State) PlaybackNow {
	view := PlaybackNow{
		Revision: s.Revision, QueueRevision: s.QueueRevision, CurrentSongID: optional(int64(s.CurrentSong)), Position: s.Position.Milliseconds(),
		PositionAt: known(s.PositionAt), ServerTime: s.ReadAt, IsPlaying: s.Playing, Volume: s.Volume, PlaybackSpeed: s.Speed,
		PitchShift: s.Pitch, StemsConfig: stemsView(s.Stems), QueueIndex: s.QueueIndex, CurrentEntryID: optional(s.CurrentEntry()),
		Repeat: string(s.Repeat), Shuffle: s.Shuffle, ActiveDeviceID: named(s.Active), WrittenBy: named(s.Writer), UpdatedAt: known(s.UpdatedAt),
	}
	if s.Transfer != nil {
		view.Transfer = &transferView{To: string(s.Transfer.To), ID: s.Transfer.ID, At: s.Transfer.At}
	}
	return view
}

func named(id playback.DeviceID) *string {
	if id == "" {
		return nil
	}
	text := string(id)
	return &text
}

func viewPlayback(s playback.State) playbackStateView {
	return playbackStateView{PlaybackNow: viewNow(s), Queue: each(s.Queue, viewItem)}
}

func viewItem(item playback.QueueItem) queueItemView {
	return queueItemView{SongID: int64(item.Song), EntryID: optional(item.Entry)}
}

// playbackChange is the body of a write: what is left out stays as it is.
type playbackChange struct {
	DeviceID       *string          `json:"deviceId,omitempty" doc:"The device that writes"`
	ActiveDeviceID settable[string] `json:"activeDeviceId,omitempty" doc:"The device that writes, which plays from now on; null for none, which also stops"`
	CurrentSongID  settable[int64]  `json:"currentSongId,omitempty" minimum:"1" doc:"null for none"`
	Position       *float64         `json:"position,omitempty" minimum:"0" maximum:"604800000" doc:"Milliseconds"`
	IsPlaying      *bool            `json:"isPlaying,omitempty"`
	Volume         *float64         `json:"volume,omitempty" minimum:"0" maximum:"1"`
	PlaybackSpeed  *float64         `json:"playbackSpeed,omitempty" minimum:"0.5" maximum:"2"`
	PitchShift     *float64         `json:"pitchShift,omitempty" minimum:"-12" maximum:"12" doc:"Semitones"`
	StemsConfig    *stemsView       `json:"stemsConfig,omitempty"`
	Queue          *[]queueItemView `json:"queue,omitempty" nullable:"false" maxItems:"10000"`
	QueueIndex     settable[int]    `json:"queueIndex,omitempty" minimum:"0" doc:"null for nowhere"`
	CurrentEntryID settable[int64]  `json:"currentEntryId,omitempty" minimum:"1" doc:"The place in the queue by its entry, instead of queueIndex; null for nowhere"`
	Repeat         *string          `json:"repeat,omitempty" enum:"off,all,one"`
	Shuffle        *bool            `json:"shuffle,omitempty"`
	Revision       *int64           `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
}

func (b playbackChange) change() playback.Change {
	c := playback.Change{
		Revision: b.Revision, Playing: b.IsPlaying, Volume: b.Volume, Speed: b.PlaybackSpeed, Pitch: b.PitchShift,
		Stems: (*playback.Stems)(b.StemsConfig), Repeat: (*playback.Repeat)(b.Repeat), Shuffle: b.Shuffle,
	}
	if b.DeviceID != nil {
		c.Device = playback.DeviceID(*b.DeviceID)
	}
	if b.ActiveDeviceID.Sent {
		c.Active = new(playback.DeviceID)
		if b.ActiveDeviceID.Value != nil {
			*c.Active = playback.DeviceID(*b.ActiveDeviceID.Value)
		}
	}
	if b.CurrentEntryID.Sent {
		entry := valueOrZero(b.CurrentEntryID.Value)
		c.CurrentEntry = &entry
	}
	if b.CurrentSongID.Sent {
		id := library.SongID(valueOrZero(b.CurrentSongID.Value))
		c.CurrentSong = &id
	}
	if b.Position != nil {
		position := time.Duration(math.Round(*b.Position)) * time.Millisecond
		c.Position = &position
	}
	if b.QueueIndex.Sent {
		c.QueueIndex = &b.QueueIndex.Value
	}
	if b.Queue != nil {
		queue := each(*b.Queue, func(item queueItemView) playback.QueueItem {
			return playback.QueueItem{Song: library.SongID(item.SongID), Entry: valueOrZero(item.EntryID)}
		})
		c.Queue = &queue
	}
	return c
}

func valueOrZero(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

package plusofontest

import (
	"encoding/binary"
	"math"
	"net/http"
)

// Standard is a preset. Its content is WAV.
type Standard struct {
	ID, Name string
	Content  []byte
}

// vendorPresets are those of the vendor's documentation.
var vendorPresets = []Standard{
	{ID: "f6965c7eadb44c1a5aae6b99df4da814", Name: "Секретарь"},
	{ID: "63f9bbe47348c08087534432f998cd5a", Name: "Приветствие"},
	{ID: "d05eb4c20c64e057db5b677391dfac59", Name: "Голосовая почта"},
	{ID: "774e60095c71fbc4553e5029ad113658", Name: "Тех-поддержка"},
}

func (a *API) standard(_ *account, _ *http.Request) (object, error) {
	presets := make([]any, len(a.presets))
	for i, preset := range a.presets {
		presets[i] = object{{"id", preset.ID}, {"name", preset.Name}}
	}
	return object{{"standard_media", presets}}, nil
}

// tone is half a second of a quiet sine as WAV: 16 bits, 8 kHz, mono. Each
// number gives another pitch.
func tone(number int) []byte {
	const rate, samples = 8000, 4000
	out := binary.LittleEndian
	wav := out.AppendUint32([]byte("RIFF"), 36+2*samples)
	wav = out.AppendUint32(append(wav, "WAVEfmt "...), 16)
	wav = out.AppendUint16(wav, 1) // PCM
	wav = out.AppendUint16(wav, 1) // mono
	wav = out.AppendUint32(wav, rate)
	wav = out.AppendUint32(wav, 2*rate) // bytes a second
	wav = out.AppendUint16(wav, 2)      // bytes a frame
	wav = out.AppendUint16(wav, 16)     // bits a sample
	wav = out.AppendUint32(append(wav, "data"...), 2*samples)
	pitch := 220 * math.Pow(2, float64(number%12)/12) // Hz
	for i := range samples {
		sample := 4000 * math.Sin(2*math.Pi*pitch*float64(i)/rate)
		wav = out.AppendUint16(wav, uint16(int16(sample)))
	}
	return wav
}

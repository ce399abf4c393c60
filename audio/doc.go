// Package audio knows the sound formats of telephony: it tells by a file's
// content what it is, describes it, and makes every one of them playable in a
// browser.
//
//	info, err := audio.Detect(file, size, "привет.wav")
//	// info.Format is the word that Plusofon wants: "wav"
//
// [Detect] looks inside the container and trusts neither the ending of a
// file's name nor the magic bytes alone. What is not a sound that Plusofon
// takes is refused with a [RefusedError] that says why.
//
// [NewPreview] turns what browsers don't play (AU, AIFF, raw, GSM, ADPCM) into
// WAV of a length known beforehand. Any part of it can be read; only GSM, where
// each frame builds on the one before, has to be decoded from the beginning.
//
// All functions are pure: they read from an io.ReaderAt and keep nothing.
package audio

// One sound at a time: what begins to play makes all others pause.
document.addEventListener("play", ({ target }) => {
  for (const audio of document.querySelectorAll("audio")) if (audio !== target) audio.pause();
}, { capture: true }); // the event does not bubble

// Reads the number that is drawn into each frame (12 bars, the lowest bit on the left) and compares it with the media
// time at which the browser shows it. Called with the video element, the frames per second and the bars' row, 0 to 1.
// While a video plays, the page may be late and see a frame that came a little after the one it was called for.
(video, { rate, row }) => {
  const seen = { frames: 0, wrong: [], heights: [], numbers: [] };
  const canvas = new OffscreenCanvas(480, 12);
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const look = (now, frame) => {
    const { videoWidth, videoHeight } = video;
    brush.drawImage(video, 0, videoHeight * row, videoWidth, videoHeight * 0.05, 0, 0, 480, 12);
    let number = 0;
    for (let bit = 0; bit < 12; bit++) {
      const pixel = brush.getImageData(bit * 40 + 20, 6, 1, 1).data;
      if (pixel[1] > 127) number |= 1 << bit;
    }
    const expected = Math.round(frame.mediaTime * rate);
    seen.frames++;
    seen.numbers.push(number);
    const late = video.paused ? 0 : 6;
    if (number < expected || number > expected + late) seen.wrong.push(`${number} at ${frame.mediaTime.toFixed(3)}`);
    if (seen.heights.at(-1) !== videoHeight) seen.heights.push(videoHeight);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  window.seenFrames = seen;
};

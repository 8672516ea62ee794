import jsQR from 'jsqr';

/** Reads one QR code off the main thread. Asked with pixels; answers with the text, or null where there is none. */
self.onmessage = (
  event: MessageEvent<{
    readonly data: Uint8ClampedArray<ArrayBuffer>;
    readonly width: number;
    readonly height: number;
  }>,
) => {
  const { data, width, height } = event.data;
  self.postMessage(jsQR(data, width, height, { inversionAttempts: 'attemptBoth' })?.data ?? null);
};

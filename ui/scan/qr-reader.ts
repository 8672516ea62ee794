/** A reader of QR codes in pictures, working in its own thread; made when it is first needed. */
export interface QrReader {
  readonly read: (image: ImageData) => Promise<string | undefined>;
  readonly close: () => void;
}

export function createQrReader(): QrReader {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(image) {
      // One picture at a time: answers come in the order of the questions.
      const answer = last.then(
        () =>
          new Promise<string | undefined>((resolve) => {
            worker.onmessage = (event: MessageEvent<string | null>) => resolve(event.data ?? undefined);
            worker.postMessage({ data: image.data, width: image.width, height: image.height }, [image.data.buffer]);
          }),
      );
      last = answer;
      return answer;
    },
    close: () => worker.terminate(),
  };
}

/** Widths, in pixels, a picture is tried at: fine codes need many, blurred ones are found better in few. */
const triedWidths = [1000, 1600, 600, 2400] as const;

export async function readPicture(file: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file);
  const reader = createQrReader();
  try {
    for (const width of triedWidths) {
      const image = pixels(bitmap, bitmap.width, bitmap.height, Math.min(1, width / bitmap.width));
      const text = image && (await reader.read(image));
      if (text) {
        return text;
      }
    }
    return undefined;
  } finally {
    bitmap.close();
    reader.close();
  }
}

let canvas: HTMLCanvasElement | undefined;

/** The pixels of a picture or video frame, scaled. */
export function pixels(source: CanvasImageSource, width: number, height: number, scale: number): ImageData | undefined {
  canvas ??= document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height);
}

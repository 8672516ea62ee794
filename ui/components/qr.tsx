import { useEffect, useState } from 'react';

/**
 * One QR code as a single crisp path. The encoder is loaded when a code is first shown. Error correction M: a printed
 * card gets scratched, yet every extra module makes it harder for a cheap camera.
 */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [drawn, setDrawn] = useState<{ readonly path: string; readonly size: number }>();
  useEffect(() => {
    let current = true;
    void import('qrcode').then(({ create }) => {
      if (current) {
        const { modules } = create(text, { errorCorrectionLevel: 'M' });
        setDrawn({ path: pathOf(modules.data, modules.size), size: modules.size });
      }
    });
    return () => {
      current = false;
    };
  }, [text]);
  if (!drawn) {
    return <div className="qr qr-empty" aria-hidden="true" />;
  }
  const quiet = 4;
  const whole = drawn.size + 2 * quiet;
  return (
    <svg className="qr" viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect className="qr-light" width={whole} height={whole} />
      <path className="qr-dark" transform={`translate(${quiet} ${quiet})`} d={drawn.path} />
    </svg>
  );
}

/** Runs of dark modules in each row, as rectangles one module high. */
function pathOf(data: Uint8Array, size: number): string {
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (data[y * size + x]) {
        let run = 1;
        while (x + run < size && data[y * size + x + run]) {
          run++;
        }
        path += `M${x} ${y}h${run}v1h-${run}z`;
        x += run;
      }
    }
  }
  return path;
}

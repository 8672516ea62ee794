import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useEffect, useRef, useState } from 'react';
import { createQrReader, pixels } from './qr-reader.ts';
import { scanMessages } from './scan.messages.ts';

const pauseMilliseconds = 120;
const widestPixels = 900;

/** Looks through the camera until a code is seen. Pictures never leave this device. */
export function Camera({ onText }: { readonly onText: (text: string) => void }) {
  const t = useMessages(scanMessages);
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [denied, setDenied] = useState(false);
  const found = useRef(onText);
  found.current = onText;

  useEffect(() => {
    if (!on) {
      return;
    }
    let stopped = false;
    let stream: MediaStream | undefined;
    const reader = createQrReader();
    const look = async () => {
      const element = video.current;
      if (!element) {
        return;
      }
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 } },
      });
      if (stopped) {
        stop(stream);
        return;
      }
      element.srcObject = stream;
      await element.play();
      while (!stopped) {
        if (element.videoWidth > 0) {
          const scale = Math.min(1, widestPixels / element.videoWidth);
          const image = pixels(element, element.videoWidth, element.videoHeight, scale);
          const text = image && (await reader.read(image));
          if (text && !stopped) {
            stopped = true;
            setOn(false);
            found.current(text);
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      }
    };
    look().catch(() => {
      if (!stopped) {
        setDenied(true);
        setOn(false);
      }
    });
    return () => {
      stopped = true;
      stop(stream);
      reader.close();
    };
  }, [on]);

  return (
    <div className="stack">
      {denied && (
        <Notice tone="warn" announce>
          <p>{t('camera.denied')}</p>
        </Notice>
      )}
      {on && (
        <div className="camera">
          <video ref={video} playsInline muted aria-label={t('camera.view')} />
          <span className="camera-aim" aria-hidden="true" />
        </div>
      )}
      <p role="status" className="soft">
        {on ? t('camera.looking') : ''}
      </p>
      <p>
        <Button
          kind={on ? 'plain' : 'primary'}
          icon="scan"
          onClick={() => {
            setDenied(!on && !navigator.mediaDevices);
            setOn(!on && Boolean(navigator.mediaDevices));
          }}
        >
          {on ? t('camera.stop') : t('camera.start')}
        </Button>
      </p>
    </div>
  );
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
}

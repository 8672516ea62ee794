import { useEffect, useRef, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useMessages } from '../language.tsx';
import { cameraMessages } from './camera.messages.ts';
import { createQrReader, pixels } from './qr-reader.ts';

const pauseMilliseconds = 120;
const widestPixels = 900;

export interface CameraProps {
  readonly onText: (text: string) => void;
  /** It stands beside a field that does the same by hand: its button then does not ask to be the first one pressed. */
  readonly beside?: boolean;
}

/** Looks through the camera until a code is seen. Pictures never leave this device. */
export function Camera({ onText, beside }: CameraProps) {
  const t = useMessages(cameraMessages);
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  const [denied, setDenied] = useState(false);
  const found = useRef(onText);
  found.current = onText;

  useEffect(() => {
    if (!on) {
      return;
    }
    return watch(
      () => video.current,
      (text) => {
        setOn(false);
        found.current(text);
      },
      () => {
        setDenied(true);
        setOn(false);
      },
    );
  }, [on]);

  return (
    <div className="stack">
      {denied && (
        <Notice tone="warn" announce>
          <p>{t('denied')}</p>
        </Notice>
      )}
      {on && (
        <div className="camera">
          <video ref={video} playsInline muted aria-label={t('view')} />
          <span className="camera-aim" aria-hidden="true" />
        </div>
      )}
      <p role="status" className="soft">
        {on ? t('looking') : ''}
      </p>
      <p>
        <Button
          kind={on || beside ? 'plain' : 'primary'}
          icon="scan"
          onClick={() => {
            setDenied(!on && !navigator.mediaDevices);
            setOn(!on && Boolean(navigator.mediaDevices));
          }}
        >
          {on ? t('stop') : t('start')}
        </Button>
      </p>
    </div>
  );
}

/** Looks at the camera's pictures until a code is read, the camera fails, or the function it answers with is called. */
function watch(
  screen: () => HTMLVideoElement | null,
  onText: (text: string) => void,
  onFailure: () => void,
): () => void {
  let stopped = false;
  let stream: MediaStream | undefined;
  const reader = createQrReader();
  const look = async () => {
    const element = screen();
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
          onText(text);
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  };
  look().catch(() => {
    if (!stopped) {
      onFailure();
    }
  });
  return () => {
    stopped = true;
    stop(stream);
    reader.close();
  };
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) {
    track.stop();
  }
}

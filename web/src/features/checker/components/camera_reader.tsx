import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { CameraIcon } from '../../../shared/ui/icons';
import { Notice } from '../../../shared/ui/notice';
import { pixelsOf, type Decoder } from '../decoder';
import './camera_reader.css';

const kPauseMs = 120;
const kSideMax = 800;

interface CameraReaderProps {
  decoder: Decoder | undefined;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
  onText: (text: string) => void;
}

export function CameraReader({ decoder, isOn, onSwitch, onText }: CameraReaderProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<'cameraDenied' | 'cameraNone'>();
  useCamera({ video, isOn, decoder, onText, onTrouble: (what) => {
    setTrouble(what);
    onSwitch(false);
  } });
  return (
    <div className="camera">
      <div className="camera__view" data-on={isOn ? '' : undefined}>
        {isOn ? (
          <>
            {/* A live picture has no sound track to caption. */}
            <video ref={video} muted playsInline aria-label={t('check.cameraOn')} />
            <span className="camera__frame" aria-hidden="true" />
          </>
        ) : (
          <div className="camera__off">
            <CameraIcon size={44} />
            <Button
              onClick={() => {
                setTrouble(undefined);
                onSwitch(true);
              }}
            >
              {t('check.camera')}
            </Button>
            <p className="small">{t('check.cameraWhy')}</p>
          </div>
        )}
      </div>
      {isOn && (
        <div className="camera__line">
          <p role="status">{t('check.cameraOn')}</p>
          <button type="button" className="link" onClick={() => onSwitch(false)}>
            {t('check.cameraOff')}
          </button>
        </div>
      )}
      {trouble !== undefined && (
        <Notice look="attention" announce>
          <p>{t(`check.${trouble}`)}</p>
        </Notice>
      )}
    </div>
  );
}

interface CameraUse {
  video: RefObject<HTMLVideoElement | null>;
  isOn: boolean;
  decoder: Decoder | undefined;
  onText: (text: string) => void;
  onTrouble: (what: 'cameraDenied' | 'cameraNone') => void;
}

/** Runs the camera while it is on and looks for a code a few times a second. */
function useCamera({ video, isOn, decoder, onText, onTrouble }: CameraUse): void {
  const callbacks = useRef({ onText, onTrouble });
  useEffect(() => {
    callbacks.current = { onText, onTrouble };
  });
  useEffect(() => {
    const screen = video.current;
    if (!isOn || decoder === undefined || screen === null) return;
    const run = { isOver: false };
    let stream: MediaStream | undefined;
    const start = async () => {
      stream = await openCamera();
      if (run.isOver) return stopCamera(stream);
      screen.srcObject = stream;
      await screen.play();
      const text = await lookForCode(screen, decoder, run);
      if (text !== undefined) callbacks.current.onText(text);
    };
    start().catch((error: unknown) => {
      if (run.isOver) return;
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
      callbacks.current.onTrouble(isDenied ? 'cameraDenied' : 'cameraNone');
    });
    return () => {
      run.isOver = true;
      stopCamera(stream);
    };
  }, [video, isOn, decoder]);
}

async function openCamera(): Promise<MediaStream> {
  // Without a secure context the browser has no mediaDevices at all.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined) throw new Error('no camera');
  const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
  return devices.getUserMedia({ video, audio: false });
}

function stopCamera(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

async function lookForCode(
  screen: HTMLVideoElement,
  decoder: Decoder,
  run: { isOver: boolean },
): Promise<string | undefined> {
  while (!run.isOver) {
    const { videoWidth, videoHeight } = screen;
    const pixels = videoWidth > 0 && pixelsOf(screen, videoWidth, videoHeight, kSideMax);
    const text = pixels ? await decoder.decode(pixels, false) : null;
    if (text !== null && text !== '' && !run.isOver) return text;
    await new Promise((resolve) => setTimeout(resolve, kPauseMs));
  }
  return undefined;
}

import { useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PictureIcon } from '../../../shared/ui/icons';
import { Notice } from '../../../shared/ui/notice';
import { decodeFile, type Decoder } from '../decoder';
import './file_reader.css';

interface FileReaderProps {
  decoder: Decoder | undefined;
  onText: (text: string) => void;
}

export function PictureFileReader({ decoder, onText }: FileReaderProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'fileReading' | 'fileNone' | 'fileBad'>('idle');
  const read = async (file: File | undefined) => {
    if (file === undefined || decoder === undefined) return;
    setState('fileReading');
    try {
      const text = await decodeFile(decoder, file);
      setState(text === null ? 'fileNone' : 'idle');
      if (text !== null) onText(text);
    } catch {
      setState('fileBad');
    }
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    void read(event.target.files?.[0]);
    // The same file may be chosen again.
    event.target.value = '';
  };
  return (
    <div className="stack-s">
      <label className="drop">
        {/* The field covers the whole label, so a file dropped anywhere on it is taken. */}
        <input type="file" accept="image/*" onChange={choose} />
        <PictureIcon />
        <span>
          <strong>{t('check.file')}</strong> <span className="soft drop__hint">{t('check.fileDrop')}</span>
        </span>
      </label>
      {state === 'fileReading' && <p role="status">{t('check.fileReading')}</p>}
      {(state === 'fileNone' || state === 'fileBad') && (
        <Notice look="attention" announce>
          <p>{t(`check.${state}`)}</p>
        </Notice>
      )}
    </div>
  );
}

import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { TextIcon } from '../../../shared/ui/icons';
import { TextField } from '../../../shared/ui/text_field';
import './text_reader.css';

export function TextReader({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Spaces belong to base45, so only line ends and the outermost ones are dropped.
    const code = text.replace(/[\r\n]+/g, '').trim();
    setIsEmpty(code === '');
    if (code !== '') onText(code);
  };
  return (
    <details className="paste">
      <summary>
        <TextIcon />
        {t('check.text')}
      </summary>
      <form className="stack" onSubmit={submit} noValidate>
        <TextField
          label={t('check.textLabel')}
          hint={t('check.textHint')}
          error={isEmpty ? t('check.textEmpty') : undefined}
          value={text}
          maxLength={1024}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit">{t('check.textSubmit')}</Button>
      </form>
    </details>
  );
}

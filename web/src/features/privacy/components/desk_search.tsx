import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextField } from '../../../shared/ui/text_field';
import { useFoundRequests } from '../api/requests';
import { DeskRows } from './desk_rows';

/** Finds a request by the number that stands on its papers. */
export function DeskSearch() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  const found = useFoundRequests(wanted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWanted(text.trim());
  };
  return (
    <form className="stack-s" role="search" onSubmit={submit}>
      <TextField
        label={t('requestDesk.number')}
        hint={t('requestDesk.numberHint')}
        inputMode="numeric"
        maxLength={64}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="secondary" pending={found.isFetching}>
        {t('requestDesk.find')}
      </Button>
      <ErrorNotice error={found.error} />
      {found.data !== undefined && (
        <div role="status">
          <DeskRows requests={found.data.requests} />
        </div>
      )}
    </form>
  );
}

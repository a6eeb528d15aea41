import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../shared/api/problem';
import type { Device } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { kBlockable } from '../../../shared/session/blocks';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { makeDigitalId } from '../api/devices';

const kFormId = 'make-form';
const kReasons = { 'device.name_malformed': 'name' } as const;

interface MakeDigitalIdProps {
  other: Device | undefined;
  /** It was here until it was made anew elsewhere, or ended by its owner. */
  wasRemoved: boolean;
  onMade: () => void;
}

export function MakeDigitalId({ other, wasRemoved, onMade }: MakeDigitalIdProps) {
  const { t } = useTranslation();
  const isPhone = window.matchMedia('(pointer: coarse)').matches;
  const [name, setName] = useState(t(`digital_id.deviceDefault.${isPhone ? 'phone' : 'computer'}`));
  const make = useMutation({
    mutationFn: (replace: boolean) => makeDigitalId(name.trim(), replace),
    onSuccess: onMade,
  });
  const fields = useFieldErrors(make.error, kReasons);
  const existsElsewhere = other !== undefined || isProblem(make.error, 'wallet.device_exists');
  const isStoreMissing = make.error instanceof DOMException;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ name: name.trim() === '' ? t('digital_id.deviceEmpty') : undefined });
    if (isFilled && !make.isPending) make.mutate(existsElsewhere);
  };
  const words = make.isPending ? 'making' : existsElsewhere ? 'replace' : 'make';
  return (
    <Screen
      back="/home"
      header={t('digital_id.title')}
      actions={
        <Button type="submit" form={kFormId} pending={make.isPending}>
          {t(`digital_id.${words}`)}
        </Button>
      }
    >
      <div className="screen__head">
        <PageTitle key={String(existsElsewhere)} tab={t('digital_id.title')}>
          {t(existsElsewhere ? 'digital_id.otherTitle' : 'digital_id.makeTitle')}
        </PageTitle>
        <p className="screen__lead">{t('digital_id.lead')}</p>
      </div>
      <BlockedNotice needs={kBlockable} />
      {wasRemoved && (
        <Notice look="attention">
          <p>{t(other === undefined ? 'digital_id.ended' : 'digital_id.removedElsewhere')}</p>
        </Notice>
      )}
      {existsElsewhere ? <OtherDevice other={other} /> : <HowItIsMade />}
      <form id={kFormId} ref={fields.form} onSubmit={submit} noValidate>
        <TextField
          label={t('digital_id.deviceName')}
          hint={t('digital_id.deviceHint')}
          error={fields.of('name')}
          maxLength={64}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            fields.forget('name');
          }}
        />
      </form>
      {isStoreMissing && (
        <Notice look="attention" announce>
          <p>{t('digital_id.noStore')}</p>
        </Notice>
      )}
      {!isStoreMissing && !isProblem(make.error, 'wallet.device_exists') && (
        <ErrorNotice error={fields.rest} />
      )}
    </Screen>
  );
}

function HowItIsMade() {
  const { t } = useTranslation();
  return (
    <ul className="dashes">
      <li>{t('digital_id.makeHow1')}</li>
      <li>{t('digital_id.makeHow2')}</li>
      <li>{t('digital_id.makeHow3')}</li>
    </ul>
  );
}

function OtherDevice({ other }: { other: Device | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (other === undefined) return <p>{t('digital_id.otherTextPlain')}</p>;
  const day = formatDay(other.made_at, language);
  return <p>{t('digital_id.otherText', { name: other.name, day })}</p>;
}

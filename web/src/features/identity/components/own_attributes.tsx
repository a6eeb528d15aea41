import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attribute } from '../../../shared/api/types';
import { useBlocks } from '../../../shared/session/blocks';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { kOwnNames, useSaveOwn, type OwnName } from '../api/attributes';

const kReasons = { 'attribute.value': 'value' } as const;
const kCharactersMax = { preferred_name: 64, living_address: 250 } as const;

/** What the person says about themselves: entered, changed and taken back here. */
export function OwnAttributes({ attributes }: { attributes: Attribute[] }) {
  const { t } = useTranslation();
  const isBlocked = useBlocks().data?.blocks.some(({ category }) => category === 'profile') ?? false;
  return (
    <section className="own">
      <div className="stack-s">
        <h2>{t('profile.own.title')}</h2>
        <p className="soft small">{t(isBlocked ? 'profile.own.blocked' : 'profile.own.note')}</p>
      </div>
      {kOwnNames.map((name) => {
        const said = attributes
          .filter((one) => one.name === name)
          .flatMap((one) => [one, ...one.others]);
        const value = said.find((claim) => claim.source === 'self')?.value ?? '';
        return <OwnAttribute key={name + value} name={name} kept={value} isBlocked={isBlocked} />;
      })}
    </section>
  );
}

interface OwnAttributeProps {
  name: OwnName;
  kept: string;
  /** Then the server would refuse what is saved, so nothing is opened that cannot be. */
  isBlocked: boolean;
}

function OwnAttribute({ name, kept, isBlocked }: OwnAttributeProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState(kept);
  const [isOpen, setIsOpen] = useState(false);
  const save = useSaveOwn(name, () => setIsOpen(false));
  const fields = useFieldErrors(save.error, kReasons);
  const label = t(`profile.attribute.${name}`);
  if (!isOpen) {
    return (
      <div className="stack-s">
        <p>
          <span className="soft">{label}: </span>
          {kept === '' ? t('profile.own.none') : kept}
        </p>
        {!isBlocked && (
          <div>
            <Button
              look="secondary"
              aria-label={`${t('profile.own.change')}: ${label}`}
              onClick={() => setIsOpen(true)}
            >
              {t('profile.own.change')}
            </Button>
          </div>
        )}
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate(value);
  };
  return (
    <form ref={fields.form} className="stack-s" onSubmit={submit} noValidate>
      <TextField
        label={label}
        hint={t('profile.own.empty')}
        name={name}
        maxLength={kCharactersMax[name]}
        value={value}
        error={fields.of('value')}
        onChange={(event) => {
          setValue(event.target.value);
          fields.forget('value');
        }}
      />
      <ErrorNotice error={fields.rest} />
      <div className="pair">
        <Button look="secondary" onClick={() => setIsOpen(false)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" pending={save.isPending}>
          {t('profile.own.save')}
        </Button>
      </div>
    </form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfiguration } from '../../../shared/api/configuration';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PasswordField } from '../../../shared/ui/password_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { changePassword } from '../api/attributes';

export function ChangePassword() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [isDone, setIsDone] = useState(false);
  return (
    <section className="stack-s">
      <h2>{t('profile.password')}</h2>
      {isDone && <Notice look="good" title={t('profile.passwordDone')} announce />}
      {isOpen ? (
        <ChangePasswordForm
          onCancel={() => setIsOpen(false)}
          onDone={() => {
            setIsOpen(false);
            setIsDone(true);
          }}
        />
      ) : (
        <div>
          <Button look="secondary" onClick={() => setIsOpen(true)}>
            {t('profile.passwordChange')}
          </Button>
        </div>
      )}
    </section>
  );
}

const kReasons = {
  'password.current_wrong': 'current',
  'password.common': 'next',
  'password.too_short': 'next',
  'password.too_long': 'next',
} as const;

function ChangePasswordForm({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const least = useConfiguration().data?.password_characters_min ?? 8;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: onDone });
  const fields = useFieldErrors<'current' | 'next'>(save.error, kReasons);
  const missing = Math.max(0, least - [...next].length);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isLong = fields.check({
      next: missing > 0 ? t('password.tooShort', { count: missing }) : undefined,
    });
    if (isLong && !save.isPending) save.mutate();
  };
  return (
    <form ref={fields.form} className="stack" onSubmit={submit} noValidate>
      <PasswordField
        label={t('profile.passwordCurrent')}
        name="current-password"
        autoComplete="current-password"
        value={current}
        onChange={(value) => {
          setCurrent(value);
          fields.forget('current');
        }}
        error={fields.of('current')}
        hint={t('profile.passwordForgotten')}
      />
      <PasswordField
        label={t('profile.passwordNew')}
        name="new-password"
        autoComplete="new-password"
        value={next}
        onChange={(value) => {
          setNext(value);
          fields.forget('next');
        }}
        hint={t('password.rule', { count: least })}
        error={fields.of('next')}
      />
      <p className="soft small">{t('profile.passwordNote')}</p>
      <ErrorNotice error={fields.rest} />
      <div className="pair">
        <Button look="secondary" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" pending={save.isPending}>
          {t('profile.passwordSubmit')}
        </Button>
      </div>
    </form>
  );
}

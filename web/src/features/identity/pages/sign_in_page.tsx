import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router-dom';
import type { SessionOpened } from '../../../shared/api/types';
import { setDemoNumber } from '../../../shared/session/demo_number';
import { openSession, useSession } from '../../../shared/session/me';
import { Button } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { PasswordField } from '../../../shared/ui/password_field';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { prepareWork } from '../api/challenge';
import { signIn } from '../api/sessions';
import { PasskeySignIn } from '../components/passkey_sign_in';
import { ProviderButtons } from '../components/provider_buttons';
import { ProviderProblem } from '../components/provider_problem';
import { SecondFactorStep } from '../components/second_factor_step';
import { kPhoneReasons } from '../phone_reasons';
import { changeDraft, kRecoveryPath, useDraft } from '../registration_draft';
import { safeNext } from '../safe_next';
import { WorkCancelled } from '../work/do_work';
import { useWork } from '../work/use_work';
import { WorkNotice } from '../work/work_notice';
import './sign_in_page.css';

const kFormId = 'sign-in-form';

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const { phone } = useDraft();
  const [password, setPassword] = useState('');
  const isSignedIn = Boolean(useSession().data?.me);
  const next = safeNext(parameters.get('next'));
  const problem = parameters.get('problem');
  const enterAs = async (opened: SessionOpened) => {
    await openSession(queries, opened.me);
    void navigate(next, { replace: true });
  };
  const { send, isWorking, cancel } = useWork('sign_in.work_needed');
  const enter = useMutation({
    mutationFn: () =>
      send(
        (work) => signIn(phone, password, work),
        () => prepareWork(phone),
      ),
    onSuccess: (outcome) => ('ticket' in outcome ? undefined : enterAs(outcome)),
  });
  const fields = useFieldErrors<'phone' | 'password'>(enter.error, kPhoneReasons);
  const needed = enter.data !== undefined && 'ticket' in enter.data ? enter.data : undefined;
  if (isSignedIn) return <Navigate to={next} replace />;
  if (needed !== undefined) {
    return (
      <SecondFactorStep
        needed={needed}
        phone={phone}
        onOpened={(opened) => void enterAs(opened)}
        onBack={() => enter.reset()}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (enter.isPending) return;
    // What was said of the try before would be read as said of this one.
    enter.reset();
    const isFilled = fields.check({
      phone: phone.trim() === '' ? t('phone.empty') : undefined,
      password: password === '' ? t('signIn.passwordEmpty') : undefined,
    });
    if (isFilled) enter.mutate();
  };
  const changePhone = (value: string) => {
    changeDraft({ phone: value });
    setDemoNumber(value);
    fields.forget('phone');
  };
  const changePassword = (value: string) => {
    setPassword(value);
    fields.forget('password');
  };
  return (
    <Screen back="/" actions={<SignInActions pending={enter.isPending} onOpened={(one) => void enterAs(one)} />}>
      <PageTitle>{t('signIn.title')}</PageTitle>
      {parameters.has('next') && <p className="screen__lead">{t('signIn.returned')}</p>}
      {problem !== null && <ProviderProblem reason={problem} title={t('level.problemSignIn')} />}
      <form id={kFormId} ref={fields.form} className="stack" onSubmit={submit} noValidate>
        <TextField
          label={t('signIn.phone')}
          type="tel"
          name="username"
          autoComplete="username webauthn"
          maxLength={64}
          value={phone}
          error={fields.of('phone')}
          onChange={(event) => changePhone(event.target.value)}
        />
        <PasswordField
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          error={fields.of('password')}
          onChange={changePassword}
        />
      </form>
      <WorkNotice
        isWorking={isWorking}
        isCancelled={enter.error instanceof WorkCancelled}
        error={fields.rest}
        onCancel={cancel}
      />
      <p>
        <Link to={kRecoveryPath}>{t('signIn.forgot')}</Link>{' '}
        <span className="soft small">{t('signIn.forgotNote')}</span>
        <br />
        <Link to="/lost-number">{t('signIn.lostNumber')}</Link>
      </p>
    </Screen>
  );
}

interface SignInActionsProps {
  pending: boolean;
  onOpened: (opened: SessionOpened) => void;
}

function SignInActions({ pending, onOpened }: SignInActionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button type="submit" form={kFormId} pending={pending}>
        {t('signIn.submit')}
      </Button>
      <PasskeySignIn onOpened={onOpened} />
      <ProviderButtons intent="sign_in" words={(provider) => t('signIn.idp', { provider })} />
      <Link className="button button--quiet" to="/register">
        {t('signIn.register')}
      </Link>
    </>
  );
}

import { Navigate, Route, Routes } from 'react-router-dom';
import { useSession } from '../../../shared/session/me';
import { AccountExistsStep } from '../components/account_exists_step';
import { AgreementStep } from '../components/agreement_step';
import { CodeStep } from '../components/code_step';
import { ConsentStep } from '../components/consent_step';
import { LostStep } from '../components/lost_step';
import { PasswordStep } from '../components/password_step';
import { PhoneStep } from '../components/phone_step';
import { useDraft } from '../registration_draft';

/** Registration, one idea a screen. A step whose ground is missing leads back to the first. */
export function RegisterPages() {
  const { challenge, started } = useDraft();
  const isSignedIn = Boolean(useSession().data?.me);
  if (isSignedIn) return <Navigate to="/home" replace />;
  return (
    <Routes>
      <Route index element={<PhoneStep />} />
      <Route path="code" element={challenge ? <CodeStep challenge={challenge} /> : <LostStep />} />
      <Route
        path="exists"
        element={started ? <AccountExistsStep started={started} /> : <LostStep />}
      />
      <Route path="password" element={started ? <PasswordStep started={started} /> : <LostStep />} />
      <Route
        path="agreement"
        element={started ? <AgreementStep token={started.registration_token} /> : <LostStep />}
      />
      <Route
        path="consent"
        element={started ? <ConsentStep token={started.registration_token} /> : <LostStep />}
      />
      <Route path="*" element={<Navigate to="/register" replace />} />
    </Routes>
  );
}

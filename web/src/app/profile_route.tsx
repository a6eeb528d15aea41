import { ProfilePage } from '../features/identity/pages/profile_page';
import { ConnectionsSection } from '../features/openid/components/connections_section';
import { ConsentsSection } from '../features/privacy/components/consents_section';
import { RequestsSection } from '../features/privacy/components/requests_section';
import { DeskSection } from './desk_section';
import { SignOut } from './sign_out';

export function ProfileRoute() {
  return (
    <ProfilePage
      consents={
        <>
          <ConsentsSection />
          <RequestsSection />
        </>
      }
      connections={
        <>
          <ConnectionsSection />
          <DeskSection />
        </>
      }
      signOut={<SignOut />}
    />
  );
}

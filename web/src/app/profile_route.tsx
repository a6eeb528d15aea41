import { ProfilePage } from '../features/identity/pages/profile_page';
import { ConsentsSection } from '../features/privacy/components/consents_section';
import { SignOut } from './sign_out';

export function ProfileRoute() {
  return <ProfilePage consents={<ConsentsSection />} signOut={<SignOut />} />;
}

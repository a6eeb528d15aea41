import { AuthorizePage } from '../features/openid/pages/authorize_page';
import { LogoutPage } from '../features/openid/pages/logout_page';
import { Leave, Reenter } from './leave';

export function AuthorizeRoute() {
  return <AuthorizePage reenter={<Reenter />} />;
}

export function LogoutRoute() {
  return <LogoutPage leave={(props) => <Leave {...props} />} />;
}

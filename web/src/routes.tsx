import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { newClient } from './api/client';
import { sessionQuery } from './api/session';
import { readAuditSearch } from './pages/audits/audit';
import { readDecisionSearch } from './pages/decisions/decision';
import { LoginPage } from './pages/login/LoginPage';
import { readQueueSearch } from './pages/reviews/search';
import { lazyPage } from './shell/lazyPage';
import { Shell } from './shell/Shell';
import { NotFound, PageError } from './shell/Notices';

export const client = newClient(() => {
  client.setQueryData(sessionQuery.queryKey, null);
  void router.invalidate();
});

const root = createRootRouteWithContext<{ client: QueryClient }>()({ notFoundComponent: NotFound });

/** Only a path of our own: a link must not lead away from here after the login. */
const ownPath = (value: unknown) =>
  typeof value === 'string' && value.startsWith('/') && !value.startsWith('//') && !value.includes('\\') ? value : undefined;

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  // Named even when undefined: what is left out here would come through as it was typed.
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({ next: ownPath(search['next']) }),
  component: LoginPage,
});

/** Everything below needs a person; without one the login page keeps the way back. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/login', search: { next: location.href }, replace: true });
    return { session };
  },
  component: Shell,
  errorComponent: PageError,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyPage(() => import('./pages/overview/OverviewPage'), 'OverviewPage'),
});

const slots = createRoute({
  getParentRoute: () => inside,
  path: '/slots',
  component: lazyPage(() => import('./pages/slots/SlotsPage'), 'SlotsPage'),
});

const slotResults = createRoute({
  getParentRoute: () => inside,
  path: '/slots/$key',
  component: lazyPage(() => import('./pages/slot-results/SlotResultsPage'), 'SlotResultsPage'),
});

const reviews = createRoute({
  getParentRoute: () => inside,
  path: '/reviews',
  validateSearch: readQueueSearch,
  component: lazyPage(() => import('./pages/reviews/ReviewsPage'), 'ReviewsPage'),
});

const audits = createRoute({
  getParentRoute: () => inside,
  path: '/audits',
  component: lazyPage(() => import('./pages/audits/AuditsPage'), 'AuditsPage'),
});

const newAudit = createRoute({
  getParentRoute: () => inside,
  path: '/audits/new',
  component: lazyPage(() => import('./pages/audits/NewAuditPage'), 'NewAuditPage'),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audits/$id',
  validateSearch: readAuditSearch,
  component: lazyPage(() => import('./pages/audits/AuditPage'), 'AuditPage'),
});

const markets = createRoute({
  getParentRoute: () => inside,
  path: '/markets',
  component: lazyPage(() => import('./pages/markets/MarketsPage'), 'MarketsPage'),
});

const market = createRoute({
  getParentRoute: () => inside,
  path: '/markets/$id',
  component: lazyPage(() => import('./pages/markets/MarketPage'), 'MarketPage'),
});

const decisions = createRoute({
  getParentRoute: () => inside,
  path: '/decisions',
  validateSearch: readDecisionSearch,
  component: lazyPage(() => import('./pages/decisions/DecisionsPage'), 'DecisionsPage'),
});

const pages = [home, slots, slotResults, reviews, audits, newAudit, audit, markets, market, decisions];

export const router = createRouter({
  routeTree: root.addChildren([login, inside.addChildren(pages)]),
  context: { client },
  defaultErrorComponent: PageError,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

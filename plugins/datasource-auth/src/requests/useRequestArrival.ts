import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { Failure } from '../failures/failure';
import { openedLink } from './sessionMemory';

/** What the entry of the history knows of a request's page. It is no part of the address, which others see. */
export interface RequestArrival {
  /** Of the link. */
  secret?: string;
  /** What the way to the provider came to, after it. */
  approved?: boolean;
  failure?: Failure;
}

/** Whose request's page this is, and what the way to the provider came to. */
export function useRequestArrival(): RequestArrival {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const arrival = (state ?? {}) as RequestArrival;
  // A router that was there before the plugin has the link's secret still in its address.
  const secret = hash.slice(1) || arrival.secret || openedLink.get();
  const moved = secret !== arrival.secret;

  useEffect(() => {
    openedLink.take();
    if (moved || hash) {
      navigate({ pathname, search }, { replace: true, state: { secret } });
    }
  }, [moved, secret, hash, pathname, search, navigate]);

  return moved ? { secret } : arrival;
}

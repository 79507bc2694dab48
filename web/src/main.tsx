import './shell/mantine';
import './shell/palette.css';
import './shell/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { fetchPages } from './shell/lazyPage';
import { readyScheme } from './shell/scheme';

readyScheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
fetchPages();

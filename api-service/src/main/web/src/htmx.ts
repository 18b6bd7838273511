// Every page loads htmx through this module, together with what a failed request of it says to the person.
import 'htmx.org';
import { toast } from './dom';
import { Problem } from './problem';

document.addEventListener('htmx:responseError', (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  toast(Problem.of(xhr.status, xhr.responseText).message);
});
document.addEventListener('htmx:beforeRequest', (event) => {
  // Polling rests while nobody looks.
  const { elt } = (event as CustomEvent<{ elt: Element }>).detail;
  if (document.hidden && elt.hasAttribute('data-polls')) event.preventDefault();
});

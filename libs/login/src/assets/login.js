// What the hosted pages do better with a script: they work without it. No newer syntax than needed: old browsers sign in too.
(function () {
  'use strict';

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  function swap(element, attribute, data) {
    const other = element.getAttribute(data);
    element.setAttribute(data, element.getAttribute(attribute) || '');
    element.setAttribute(attribute, other);
  }

  each('[data-toggle-for]', function (button) {
    const field = document.getElementById(button.getAttribute('data-toggle-for'));
    button.hidden = false;
    button.addEventListener('click', function () {
      const text = button.textContent;
      field.type = field.type === 'password' ? 'text' : 'password';
      swap(button, 'aria-label', 'data-other-label');
      button.textContent = button.getAttribute('data-other-text');
      button.setAttribute('data-other-text', text);
    });
    // A visible password would be offered as form history.
    field.form.addEventListener('submit', function () {
      field.type = 'password';
    });
  });

  each('[data-copy]', function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(document.getElementById(button.getAttribute('data-copy')).textContent).then(
        function () {
          button.textContent = button.getAttribute('data-done');
          button.setAttribute('aria-live', 'polite');
        },
        function () {},
      );
    });
  });

  // A second click while the first answer is on its way would only be refused.
  each('form', function (form) {
    let sent = false;
    form.addEventListener('submit', function (event) {
      if (sent) event.preventDefault();
      sent = true;
    });
    window.addEventListener('pageshow', function () {
      sent = false;
    });
  });

  // The frames that tell apps of a sign-out have loaded, or will not.
  each('[data-continue]', function (place) {
    const goOn = function () {
      window.location.replace(place.querySelector('a').href);
    };
    const limit = setTimeout(goOn, Number(place.getAttribute('data-continue')) * 1000);
    window.addEventListener('load', function () {
      clearTimeout(limit);
      goOn();
    });
  });

  each('form[data-autosubmit]', function (form) {
    form.submit();
  });
})();

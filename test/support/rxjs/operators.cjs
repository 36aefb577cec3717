module.exports = require('../rxjs.cjs').operators;

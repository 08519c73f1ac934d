module.exports = require('../../eslint.texts')(__dirname);

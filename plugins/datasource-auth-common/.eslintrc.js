module.exports = require('../../eslint.names')(__dirname);

// A Vendure server on loopback with an empty database in memory of this folder: `node server.js PORT`.
// Prints "ready" once it listens. Nothing leaves the machine.
'use strict';
process.env.VENDURE_DISABLE_TELEMETRY = 'true';
const path = require('path');
const { bootstrap, DefaultJobQueuePlugin, DefaultLogger, LogLevel, dummyPaymentHandler, manualFulfillmentHandler } = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const config = {
  apiOptions: { port: Number(process.argv[2]), hostname: '127.0.0.1' },
  authOptions: { tokenMethod: ['bearer', 'api-key'], superadminCredentials: { identifier: 'superadmin', password: 'only-for-this-test' } },
  dbConnectionOptions: { type: 'better-sqlite3', synchronize: true, database: path.join(process.cwd(), 'shop.sqlite'), logging: false },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  shippingOptions: { fulfillmentHandlers: [manualFulfillmentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
  plugins: [],
};
const assets = path.dirname(require.resolve('@vendure/create/package.json')) + '/assets';
populate(() => bootstrap(config), require(assets + '/initial-data.json'), assets + '/products.csv')
  .then(() => console.log('ready'), error => { console.error(error); process.exit(1); });

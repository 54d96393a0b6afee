/** Keys of the gateways: they open what is encrypted for them, and verify by secrets. */
package org.tongmai.routes.engine.gateway.key;

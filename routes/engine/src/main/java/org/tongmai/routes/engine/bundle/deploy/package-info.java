/**
 * The life of route bundles: desired state and ledger in PostgreSQL, fronts and bodies in Camel (docs/decisions/0012).
 * {@link org.tongmai.routes.engine.bundle.deploy.BundleDeployments} is the way in.
 */
package org.tongmai.routes.engine.bundle.deploy;

/**
 * What an administrator decides: services, callers, applications and what they may do. Data only, read from JSON; a set of
 * rules is published whole or not at all.
 */
package org.tongmai.routes.engine.gateway.rules;

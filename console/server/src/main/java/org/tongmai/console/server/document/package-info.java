/**
 * Shared documents 电子病历共享文档 over HTTP: generated of the canonical store or received, registered there as
 * DocumentReference and Binary (共享文档注册、索引), searched, fetched and exported.
 */
package org.tongmai.console.server.document;

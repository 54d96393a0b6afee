/** Hospitals (医院): a simulator of their feeds, and a twin of a system that receives them. */
package org.tongmai.adapters.hospital;

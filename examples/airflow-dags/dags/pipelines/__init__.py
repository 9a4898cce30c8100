"""What the DAGs share. Airflow puts the folder above it on the path."""

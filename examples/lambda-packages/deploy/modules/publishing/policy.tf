# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen d19ffa610f8f74913e44cb7a5df5da425d643b51acf7b40eaf6578b639b21aa7

# What may be published: these repositories of images, and these folders of buckets.

data "aws_caller_identity" "current" {}

locals {
  private = [for repository in aws_ecr_repository.published : repository.arn]
  public  = [for name, image in var.images : "arn:aws:ecr-public::${data.aws_caller_identity.current.account_id}:repository/${name}" if image.public]

  # By folder: everything in it, and it as S3 lists it. An empty prefix is the whole bucket.
  folders = [for folder in var.files : merge(folder, {
    path = folder.prefix == "" ? "" : "${trimsuffix(folder.prefix, "/")}/"
  })]

  private_statements = length(local.private) == 0 ? [] : [
    {
      Sid      = "SignInToRegistry"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # the action knows no narrower resource
    },
    {
      Sid    = "PushImages"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer", # with the two readers, asks what is there already
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]
      Resource = local.private
    },
  ]

  public_statements = length(local.public) == 0 ? [] : [
    {
      Sid      = "SignInToPublicRegistry"
      Effect   = "Allow"
      Action   = ["ecr-public:DescribeRegistries", "ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"]
      Resource = ["*"] # the last two know no narrower resource, and the account's registry has no name beforehand
    },
    {
      Sid    = "PushPublicImages"
      Effect = "Allow"
      Action = [
        "ecr-public:BatchCheckLayerAvailability",
        "ecr-public:CompleteLayerUpload",
        "ecr-public:InitiateLayerUpload",
        "ecr-public:PutImage",
        "ecr-public:UploadLayerPart",
      ]
      Resource = local.public
    },
  ]

  file_statements = concat(
    length(local.folders) == 0 ? [] : [{
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = [for folder in local.folders : "arn:aws:s3:::${folder.bucket}/${folder.path}*"]
    }],
    # What is there is listed to find out what has changed.
    [for folder in local.folders : {
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = ["arn:aws:s3:::${folder.bucket}"]
      Condition = { StringEquals = { "s3:prefix" = folder.path } }
    }],
    [for folder in local.folders : {
      Effect   = "Allow"
      Action   = ["s3:DeleteObject"]
      Resource = ["arn:aws:s3:::${folder.bucket}/${folder.path}*"]
    } if folder.delete],
  )

  # Only where nothing is there: what was published under a key stays what it was.
  package_statements = length(var.packages) == 0 ? [] : [{
    Sid       = "UploadPackages"
    Effect    = "Allow"
    Action    = ["s3:PutObject"]
    Resource  = [for folder in var.packages : "arn:aws:s3:::${folder.bucket}/${folder.prefix == "" ? "" : "${trimsuffix(folder.prefix, "/")}/"}*"]
    Condition = { Null = { "s3:if-none-match" = "false" } }
  }]

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.private_statements, local.public_statements, local.file_statements, local.package_statements)
  })
}
